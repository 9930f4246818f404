import type { CodeEntry } from '../code-entry.ts';
import { errorCode, warningCode } from '../code-entry.ts';

/** CX82xx: the event dictionary, containers of Tag Manager and pushes of the data layer. */
export const TRACKING_PLAN_CODES = {
  CX8201: errorCode(
    'event-dictionary-invalid',
    'A value of the event dictionary that is not allowed',
    'The value at the place shown in `tracking/events.yml` of the project has the wrong type, is none of the allowed ones, or names a parameter that nothing declares. The dictionary that ships is an example of every key.',
  ),
  CX8202: errorCode(
    'event-dictionary-unknown-key',
    'A key of the event dictionary that Cortex does not know',
    'Keys that Cortex does not know are refused, because a misspelt key would be ignored in silence.',
  ),
  CX8203: errorCode(
    'tracking-without-ids',
    'A container for no platform',
    '`cortex tracking gtm` needs the id of Google Analytics, Meta or TikTok: under `tracking:` in `cortex_project.yml`, or as a flag. No file was written.',
  ),
  CX8204: errorCode(
    'not-a-tracking-file',
    'A file that is neither a container nor a list of pushes',
    '`cortex tracking validate` checks an export of Tag Manager (a map with `containerVersion`), one push of the data layer, or a list of them.',
  ),
  CX8205: errorCode(
    'tracking-file-syntax',
    'A file to validate that is not well-formed JSON',
    'The parser could not read the file at the place shown, and neither could Tag Manager. The usual reasons are a comma too many after the last entry, a missing quote, and a file that was cut off.',
  ),
  CX8210: errorCode(
    'container-shape',
    'A part of a container with the wrong type',
    'Tag Manager writes all ids and values as texts, layers and parameters as lists of maps. An import refuses a container that is built differently.',
  ),
  CX8211: errorCode(
    'container-unknown-word',
    'A type or option of a container that Tag Manager does not have',
    'Types of parameters, triggers, conditions and built-in variables, firing options and consent states are words of fixed lists, in upper case with underscores. An import refuses any other spelling.',
  ),
  CX8212: errorCode(
    'container-duplicate-id',
    'An id that two entities of one layer have',
    'Ids must be unique among the tags, among the triggers and so on. An import would lose one of the two or stop.',
  ),
  CX8213: errorCode(
    'container-duplicate-name',
    'A name that two entities of one layer have',
    'Variables and tags are referred to by name, so names must be unique in their layer.',
  ),
  CX8214: errorCode(
    'container-name-characters',
    'A name with a character that an import refuses',
    'Names of entities take no colon, no `<`, `>` and `&`, and no quotes.',
  ),
  CX8215: errorCode(
    'container-dangling-reference',
    'A trigger, tag or folder that does not exist',
    'A tag fires on triggers by their ids, runs after tags by their names, and lies in a folder by its id. What is referred to must be in the file; the triggers All Pages, Initialization and Consent Initialization always exist.',
  ),
  CX8216: errorCode(
    'container-unknown-variable',
    'A variable that does not exist',
    'Every name in double braces must be a variable of the container, a built-in variable that it switches on, or `{{_event}}`. Names count with capitals and spaces.',
  ),
  CX8217: errorCode(
    'container-duplicate-key',
    'A key that stands twice in one map',
    'Parameters of one entity, and entries of one map, have keys of their own.',
  ),
  CX8218: errorCode(
    'container-condition',
    'A condition whose left side is no variable',
    'A trigger compares a variable (`arg0`) with a value (`arg1`). A condition is negated by one more parameter of type `BOOLEAN` with the key `negate`.',
  ),
  CX8219: errorCode(
    'container-foreign-entity',
    'An entity with the ids of another container',
    'All entities of a file carry the account and container of `containerVersion`. The file may still be imported into any other container.',
  ),
  CX8220: warningCode(
    'container-newer-script',
    'A custom HTML tag with a script newer than ES5',
    'Tag Manager checks scripts against an old version of JavaScript and may refuse `const`, `let`, arrow functions and template literals.',
  ),
  CX8221: errorCode(
    'container-secret',
    'A secret in a container',
    'A container is public: every visitor can read it. Access tokens and API secrets belong into the environment of the server that sends conversions.',
  ),
  CX8222: warningCode(
    'pixel-without-consent',
    'A pixel that fires without consent',
    'A pixel of Meta or TikTok stores and sends data for advertising. Without `ad_storage` in the consent settings of its tag it fires for visitors who said no.',
  ),
  CX8223: warningCode(
    'container-without-consent-default',
    'A container that sets no default for consent',
    'Tags of Google and the consent settings of others need a default before the visitor has chosen. A consent platform may set it outside of the container: then silence this warning.',
  ),
  CX8224: warningCode(
    'pixel-without-event-id',
    'A pixel event without an id',
    'The platform drops the second of two events with one name and one id. Without it a purchase that the server reports too is counted twice.',
  ),
  CX8230: errorCode(
    'missing-transaction-id',
    'A purchase or refund without its order',
    'Google Analytics counts an order once by its `transaction_id`, and a refund belongs to an order. It must be the id that the conversions of the server use.',
  ),
  CX8231: errorCode(
    'value-without-currency',
    'A value without a currency',
    'Google Analytics ignores a `value` without a `currency` in the same push, and Meta refuses a purchase without one.',
  ),
  CX8232: errorCode(
    'item-without-id-and-name',
    'An item without id and name',
    'Every item needs `item_id` or `item_name`; give `item_id` as the catalogues of Meta and TikTok have it.',
  ),
  CX8233: errorCode(
    'missing-items',
    'An event without what it is about',
    'The event needs a list of items, or `ecommerce` was pushed without an `event`.',
  ),
  CX8234: errorCode(
    'too-many-items',
    'More items than Google Analytics reads',
    'Google Analytics reads at most 200 items of an event and drops the rest.',
  ),
  CX8235: errorCode(
    'number-as-text',
    'A number that is pushed as something else',
    'Values, prices and quantities are numbers with a point, without quotes, currency sign and separators of thousands.',
  ),
  CX8236: errorCode(
    'personal-data-in-push',
    'Personal data in an event',
    'E-mail addresses, phone numbers, names and CPF must not reach Google Analytics. What tags may hash goes into `user_data`, beside `event`. The data is not repeated in the message.',
  ),
  CX8237: warningCode(
    'ecommerce-not-cleared',
    'A push into what an earlier one left',
    'The data layer merges: without `dataLayer.push({ ecommerce: null })` before it, a push keeps keys of the one before, such as its coupon or its items.',
  ),
  CX8238: warningCode(
    'unknown-event',
    'An event that the dictionary does not have',
    'No tag of the generated container fires on it. Correct the name, or add the event to `tracking/events.yml` of the project.',
  ),
  CX8239: warningCode(
    'missing-event-id',
    'An event without an id',
    'Pixel and server send one event twice, and the platform drops the second by its id. Push the same `event_id` as the server uses.',
  ),
  CX8240: errorCode(
    'missing-parameter',
    'An event without a parameter that it needs',
    'The dictionary lists the parameter under `required` of the event.',
  ),
  CX8241: errorCode(
    'currency-invalid',
    'A currency that is no ISO 4217 code',
    'Currencies are three capitals such as `BRL` or `USD`.',
  ),
} as const satisfies Record<`CX${number}`, CodeEntry>;

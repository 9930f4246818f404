import type { Container } from './container.ts';
import type { Finding } from './finding.ts';
import { htmlOf } from './scripts.ts';
import type { Placed } from './values.ts';
import { isFields, textsBelow } from './values.ts';

const PIXEL = /\b(?:fbq|ttq)\b/;

/** Pixels wait for consent and name the event, so that the server's event is not counted again. Warnings only. */
export function checkConsent({ version, layers }: Container): readonly Finding[] {
  const pixels = layers.tag.filter((tag) => PIXEL.test(htmlOf(tag)?.html ?? ''));
  return [
    ...(pixels.length > 0 && !layers.tag.some(setsDefault) ? [noDefault(version)] : []),
    ...pixels.filter((tag) => !needsAdStorage(tag)).map(withoutConsent),
    ...pixels.flatMap(withoutEventId),
  ];
}

function setsDefault(tag: Placed): boolean {
  return /consent['"]\s*,\s*['"]default/.test(htmlOf(tag)?.html ?? '') || isTemplate(tag);
}

/** A template of the gallery, such as that of a consent platform, may set the default: nobody can know. */
function isTemplate({ fields }: Placed): boolean {
  return typeof fields['type'] === 'string' && fields['type'].startsWith('cvt_');
}

function noDefault({ path }: Placed): Finding {
  return {
    code: 'CX8223',
    path: [...path, 'tag'],
    message: 'no tag says what counts before a visitor has chosen',
    hint: "add a tag on consent initialization that calls `gtag('consent', 'default', …)`",
  };
}

function needsAdStorage({ fields }: Placed): boolean {
  const settings = fields['consentSettings'];
  if (!isFields(settings) || settings['consentStatus'] !== 'NEEDED') return false;
  return [...textsBelow(settings['consentType'], [])].some(({ text }) => text === 'ad_storage');
}

function withoutConsent({ fields, path }: Placed): Finding {
  return {
    code: 'CX8222',
    path: [...path, ...(fields['consentSettings'] === undefined ? [] : ['consentSettings'])],
    message: 'this pixel fires without consent to advertising',
    hint: 'require `ad_storage` in the consent settings of the tag (`NEEDED`)',
  };
}

/** The page (`PageView`) is counted by the browser alone. */
function withoutEventId(tag: Placed): readonly Finding[] {
  const found = htmlOf(tag);
  if (found === undefined) return [];
  const events = found.html.match(
    /(?:fbq\(\s*['"]track(?:Custom)?['"]\s*,|ttq\.track\()\s*['"]\w+/g,
  );
  const isPageOnly = (events ?? []).every((call) => call.endsWith('PageView'));
  if (isPageOnly || /event_?id/i.test(found.html)) return [];
  return [
    {
      code: 'CX8224',
      path: [...found.at.path, 'value'],
      message: 'this pixel event has no event id, so the event of the server counts a second time',
      hint: "give `{eventID: …}` as the fourth argument of `fbq('track', …)`, `{event_id: …}` as the third of `ttq.track`",
    },
  ];
}

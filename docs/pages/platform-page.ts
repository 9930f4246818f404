import { plural } from '../../cli/kernel/format.ts';
import { ga4 } from '../../connectors/ga4/platform.ts';
import { googleAds } from '../../connectors/google-ads/platform.ts';
import { metaAds } from '../../connectors/meta-ads/platform.ts';
import { nuvemshop } from '../../connectors/nuvemshop/platform.ts';
import type { Column } from '../../connectors/sdk/columns.ts';
import type {
  ChildTable,
  Cursor,
  PlatformDefinition,
  Stream,
} from '../../connectors/sdk/definition.ts';
import { shopify } from '../../connectors/shopify/platform.ts';
import { tiktokAds } from '../../connectors/tiktok-ads/platform.ts';
import { tray } from '../../connectors/tray/platform.ts';

/** The generated pages of all platforms, by their path below `docs`. */
export function platformPages(): Readonly<Record<string, string>> {
  return {
    'connectors/tables/ga4.md': platformPage(ga4),
    'connectors/tables/google-ads.md': platformPage(googleAds),
    'connectors/tables/meta-ads.md': platformPage(metaAds),
    'connectors/tables/nuvemshop.md': platformPage(nuvemshop),
    'connectors/tables/shopify.md': platformPage(shopify),
    'connectors/tables/tiktok-ads.md': platformPage(tiktokAds),
    'connectors/tables/tray.md': platformPage(tray),
  };
}

type Columns = Readonly<Record<string, Column>>;

/** The tables of a platform with all columns, from its definition. */
function platformPage<Account>(platform: PlatformDefinition<Account>): string {
  return [
    `# Tables of ${platform.label}`,
    '',
    'Written from the code by `npm run docs`. How they are read: ' +
      `[${platform.label}](../${fileOf(platform.name)}).`,
    '',
    'Every table has, beside these columns, `_account_id`, the whole record as JSON and the columns that say ' +
      'when and how it was synced.',
    '',
    ...platform.streams.flatMap((stream) => streamLines(platform.name, stream)),
  ].join('\n');
}

/** The handwritten page: `meta-ads.md`. */
function fileOf(platform: string): string {
  return `${platform.replaceAll('_', '-')}.md`;
}

function streamLines<Account>(platform: string, stream: Stream<Account>): readonly string[] {
  const personal = new Set(stream.pii?.map(({ path }) => path));
  const notes = [
    `Key: ${names(stream.key)}.`,
    cursorText(stream.cursor),
    writeText(stream),
    stream.optional === true ? 'Optional: read where the project names it.' : '',
    personal.size === 0 ? '' : `Personal data: ${names([...personal])}.`,
  ];
  return [
    `## \`raw_${platform}_${stream.name}\``,
    '',
    sentence(stream.description),
    '',
    notes.filter((note) => note !== '').join(' '),
    '',
    ...columnLines(stream.columns),
    ...(stream.children ?? []).flatMap((child) => childLines(platform, child)),
  ];
}

function childLines(platform: string, child: ChildTable): readonly string[] {
  const own = child.key === 'position' ? ['_position'] : child.key;
  return [
    `### \`raw_${platform}_${child.name}\``,
    '',
    `${sentence(child.description)} One row for each item of \`${child.path}\`. Key: ${names([...child.parentKey, ...own])}.`,
    '',
    ...columnLines(child.columns),
  ];
}

function columnLines(columns: Columns): readonly string[] {
  const rows = Object.entries(columns).map(
    ([name, { type, description }]) => `| \`${name}\` | ${type} | ${cell(description)} |`,
  );
  return ['| column | type | meaning |', '|---|---|---|', ...rows, ''];
}

function cursorText(cursor: Cursor): string {
  switch (cursor.kind) {
    case 'none':
      return 'Every sync reads all of it.';
    case 'instants':
      return `Every sync reads what changed since the last one, and ${plural(cursor.overlapHours, 'hour')} before it.`;
    case 'dates':
      return (
        `Every sync reads the last ${String(cursor.restatedDays)} days again, in windows of ` +
        `${String(cursor.windowDays)} days.`
      );
  }
}

function writeText<Account>({ write, versionBy }: Stream<Account>): string {
  switch (write.mode) {
    case 'upsert':
      return versionBy === undefined
        ? 'A record replaces a copy that was read earlier.'
        : `A record replaces its older copy, by \`${versionBy}\`; of equal ones the copy that was read later stays.`;
    case 'replace_window':
      return `The rows of a window are replaced as a whole, by \`${write.windowColumn}\`.`;
    case 'snapshot':
      return 'What is no longer there is marked deleted.';
  }
}

function names(list: readonly string[]): string {
  return list.map((name) => `\`${name}\``).join(', ');
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

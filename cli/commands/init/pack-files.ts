import { join } from 'node:path';
import { filesBelow, readBytes } from '../../platform/fs.ts';
import { installationDirectory } from '../../platform/installation.ts';
import { jsonSchemas } from '../../project/json-schemas.ts';
import { sectionSchemas } from '../section-schemas.ts';
import { platformSettings } from './account-settings.ts';
import type { ClientChoices } from './client-choices.ts';
import { environmentText } from './environment-text.ts';
import { guides } from './guides.ts';
import { projectText } from './project-text.ts';
import { readme } from './readme.ts';
import { EDITOR_FILES, GITIGNORE, WORKFLOW, packageText } from './workspace-files.ts';

interface ClientNames {
  /** Of the project: letters, digits and underscores. */
  readonly name: string;
  /** As it was typed, for people. */
  readonly clientName: string;
}

/** Texts, or bytes as they ship, by their paths in the project. */
type Files = Readonly<Record<string, string | Uint8Array>>;

const FOLDERS = ['models', 'seeds', 'macros', 'tests/data'];

/** The whole project of a client: the model pack, and what only this client has. */
export async function packFiles(names: ClientNames, choices: ClientChoices): Promise<Files> {
  const platforms = Object.values(choices.platforms).flat();
  const settings = await platformSettings(platforms);
  const schemas = Object.entries(jsonSchemas(await sectionSchemas()));
  return {
    'cortex_project.yml': projectText({ ...names, ...choices, settings }),
    ...Object.fromEntries(FOLDERS.flatMap(shippedFiles)),
    ...Object.fromEntries(platforms.map((name) => shippedFile(`sources/${name}.yml`))),
    ...Object.fromEntries([shippedFile('tracking/events.yml')]),
    ...guides(choices.language),
    '.env.example': environmentText(settings),
    '.gitignore': GITIGNORE,
    '.github/workflows/cortex.yml': WORKFLOW,
    'README.md': readme(names.clientName, choices.language),
    'package.json': packageText(names.name),
    ...EDITOR_FILES,
    ...Object.fromEntries(
      schemas.map(([name, schema]) => [
        `.cortex/schemas/${name}`,
        `${JSON.stringify(schema, undefined, 2)}\n`,
      ]),
    ),
  };
}

function shippedFiles(folder: string): readonly (readonly [string, Uint8Array])[] {
  return filesBelow(join(installationDirectory(), folder)).map(({ relativePath }) =>
    shippedFile(`${folder}/${relativePath}`),
  );
}

function shippedFile(path: string): readonly [string, Uint8Array] {
  return [path, readBytes(join(installationDirectory(), path)) ?? Buffer.alloc(0)];
}

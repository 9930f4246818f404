import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { parseProject } from '../../cli/parse/parse-project.ts';
import type { Diagnostic } from '../../cli/kernel/diagnostic.ts';
import type { Outcome } from '../../cli/kernel/outcome.ts';
import { positionAt } from '../../cli/kernel/span.ts';
import type { Manifest } from '../../cli/manifest/manifest.ts';
import { loadProject } from '../../cli/project/load-project.ts';
import type { LoadOptions } from '../../cli/project/load-project.ts';
import type { Project } from '../../cli/project/project.ts';

/** Texts by path. */
export type Files = Readonly<Record<string, string>>;

/** Writes a project into a directory of its own, which goes when the test ends. */
export function writeProject(files: Files): string {
  const directory = mkdtempSync(join(tmpdir(), 'cortex-project-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  writeFiles(directory, { 'cortex_project.yml': 'name: shop\n', ...files });
  return directory;
}

export function writeFiles(directory: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
}

export async function load(
  files: Files,
  options: Partial<LoadOptions> = {},
): Promise<Outcome<Project | undefined>> {
  return loadProject({ projectDir: writeProject(files), environment: {}, ...options });
}

/** The project of files without mistakes. */
export async function loaded(files: Files, options: Partial<LoadOptions> = {}): Promise<Project> {
  const { value, diagnostics } = await load(files, options);
  if (value === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return value;
}

export async function parsed(
  files: Files,
  options: Partial<LoadOptions> = {},
): Promise<Outcome<Manifest>> {
  return parseProject(await loaded(files, options));
}

/** `CX2101 models/a.sql:1:7 no model … | did you mean …`, one line each. */
export function shown(diagnostics: readonly Diagnostic[], files: Files): readonly string[] {
  return diagnostics.map(({ code, labels, message, hint }) => {
    const span = labels[0]?.span;
    const position =
      span === undefined ? undefined : positionAt(files[span.file] ?? '', span.start);
    const place =
      position === undefined ? '' : `${span?.file}:${position.line}:${position.column} `;
    return `${code} ${place}${message}${hint === undefined ? '' : ` | ${hint}`}`;
  });
}

/** What the parse of a project finds wrong. */
export async function complaints(
  files: Files,
  options: Partial<LoadOptions> = {},
): Promise<readonly string[]> {
  const project = { 'cortex_project.yml': 'name: shop\n', ...files };
  const { value, diagnostics } = await load(project, options);
  const found =
    value === undefined ? diagnostics : [...diagnostics, ...parseProject(value).diagnostics];
  return shown(found, project);
}

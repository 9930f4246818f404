import type { Diagnostic } from '../kernel/diagnostic.ts';
import type { DocBlock, GroupDefinition } from '../manifest/manifest.ts';
import type { Project } from '../project/project.ts';
import { docBlocks } from './doc-blocks.ts';
import { ownerOf } from './exposures.ts';
import { duplicateNode } from './messages.ts';
import type { PropertiesFile } from './workspace.ts';
import { fileSpan, spanOf } from './workspace.ts';

/** The groups that properties files declare, by `group.<package>.<name>`. */
export function readGroups(
  properties: readonly PropertiesFile[],
  diagnostics: Diagnostic[],
): ReadonlyMap<string, GroupDefinition> {
  const groups = new Map<string, GroupDefinition>();
  for (const { file, declarations } of properties) {
    for (const { entry, range } of declarations.groups) {
      const id = `group.${file.packageName}.${entry.name}`;
      if (groups.has(id)) {
        diagnostics.push(duplicateNode(`groups \`${entry.name}\``, undefined, spanOf(file, range)));
        continue;
      }
      groups.set(id, {
        name: entry.name,
        packageName: file.packageName,
        path: file.packagePath,
        owner: ownerOf(entry.owner),
        description: entry.description ?? '',
      });
    }
  }
  return groups;
}

/** The doc blocks of all Markdown files, by `doc.<package>.<name>`. */
export function readDocs(
  project: Project,
  diagnostics: Diagnostic[],
): ReadonlyMap<string, DocBlock> {
  const docs = new Map<string, DocBlock>();
  for (const file of project.packages.flatMap(({ files }) => files)) {
    if (file.kind !== 'markdown') continue;
    const text = project.texts.text(file.path);
    if (text === undefined || !text.includes('{%')) continue;
    for (const block of docBlocks(text, file, diagnostics)) {
      const id = `doc.${block.packageName}.${block.name}`;
      if (docs.has(id)) {
        diagnostics.push(duplicateNode(`doc blocks \`${block.name}\``, undefined, fileSpan(file)));
      } else docs.set(id, block);
    }
  }
  return docs;
}

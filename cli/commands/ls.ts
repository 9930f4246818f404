import { keysOfNoNode, listNodes } from '../graph/list-nodes.ts';
import type { ManifestNode } from '../manifest/node.ts';
import type { CommandBody } from './invocation.ts';
import { EXIT } from './invocation.ts';
import { loadGraph } from './load-graph.ts';
import { unknownOutputKey } from './messages.ts';
import { explained, select } from './select.ts';
import { withProject } from './session.ts';

/** `cortex ls`: selected nodes, one a line, ordered by id. */
export const ls: CommandBody = async (invocation) =>
  withProject(invocation, async (session) => {
    const { flags } = session;
    const { manifest, graph } = await loadGraph(session);
    const selection = await select(session, graph, 'ls');
    if (explained(session, selection)) return EXIT.good;
    const nodes = [...selection.ids].map((id) => manifest.nodes.get(id)).filter(isNode);
    const output = flags.json ? 'json' : flags.nodeFormat;
    const outputKeys = flags.outputKeys
      .flatMap((keys) => keys.split(/[\s,]+/))
      .filter((key) => key !== '');
    if (output === 'json' && outputKeys.length > 0) {
      const { unknown, known } = keysOfNoNode(manifest.nodes.values(), outputKeys);
      session.report(unknown.map((key) => unknownOutputKey(key, known)));
    }
    for (const line of listNodes(nodes, { output, outputKeys })) session.print(line);
    return EXIT.good;
  });

function isNode(node: ManifestNode | undefined): node is ManifestNode {
  return node !== undefined;
}

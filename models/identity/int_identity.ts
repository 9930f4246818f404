import { model, ref } from 'cortex-analytics/model';
import { resolveIdentities } from '../_compute/identities.ts';

/** Which records are one person: what they share by email, phone, document, account or tracking id. */
export default model({
  inputs: {
    edges: ref('int_identity_edges', {
      columns: { record_key: 'text', identifier_kind: 'text', identifier: 'text?' },
      orderBy: [{ bytes: 'identifier_kind' }, { bytes: 'identifier' }, { bytes: 'record_key' }],
    }),
  },
  vars: { identity_max_records: 'number?' },
  columns: {
    record_key: 'varchar(191) collate utf8mb4_bin',
    person_key: 'varchar(191) collate utf8mb4_bin',
    person_records: 'int',
  },
  config: {
    primary_key: 'record_key',
    indexes: [{ columns: ['person_key'] }],
    tags: ['identity'],
  },

  async *rows({ inputs, vars }) {
    yield* await resolveIdentities(inputs.edges, vars.identity_max_records ?? 10);
  },
});

import { killedSyncs } from '../support/killed-syncs.ts';

killedSyncs({ kills: 50, minutes: 30 });

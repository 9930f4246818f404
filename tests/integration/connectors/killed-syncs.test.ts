import { killedSyncs } from '../../support/killed-syncs.ts';

killedSyncs({ kills: 5, minutes: 7 });

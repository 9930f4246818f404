import { syncLaws } from '../../support/sync-laws.ts';

syncLaws({ ways: 2, minutes: 6 });

import { syncLaws } from '../support/sync-laws.ts';

syncLaws({ ways: 40, minutes: 30 });

import { crashSuite } from '../support/crash-suite.ts';

crashSuite({ rebuilds: 8, kills: 6, minutes: 4 });

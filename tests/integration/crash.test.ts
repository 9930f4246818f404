import { crashSuite } from '../support/crash-suite.ts';

crashSuite({ rebuilds: 8, kills: 8, minutes: 3 });

import { crashSuite } from '../support/crash-suite.ts';

crashSuite({ rebuilds: 200, kills: 100, minutes: 30 });

import { brokenBuilds } from '../support/broken-builds.ts';

brokenBuilds({ runs: 15, minutes: 6 });

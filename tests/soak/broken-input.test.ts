import { brokenBuilds } from '../support/broken-builds.ts';

brokenBuilds({ runs: 400, minutes: 40 });

import { workerData } from 'node:worker_threads';
import type { PropertiesJob } from './project/properties/read-many.ts';
import { postShare } from './project/properties/read-many.ts';

// The second thread of a command that reads a large project anew.
postShare(workerData as PropertiesJob);

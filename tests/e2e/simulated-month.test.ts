import { servers } from '../support/server.ts';
import { simulatedMonth } from '../support/simulated-month.ts';

simulatedMonth(servers.slice(0, 1), {
  mornings: 7,
  before: 14,
  orders: 220,
  erased: 0,
  revoked: 1,
  renewed: 2,
  changed: 3,
  missed: 5,
  minutes: 8,
});

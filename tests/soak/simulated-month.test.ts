import { servers } from '../support/server.ts';
import { simulatedMonth } from '../support/simulated-month.ts';

simulatedMonth(servers, {
  mornings: 31,
  before: 30,
  orders: 800,
  erased: 5,
  revoked: 8,
  renewed: 11,
  changed: 14,
  missed: 20,
  minutes: 120,
});

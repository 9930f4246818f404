import { killedConversions } from '../support/killed-conversions.ts';

killedConversions({ orders: 10_000, kills: 50, minutes: 30 });

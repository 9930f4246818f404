import { killedConversions } from '../../support/killed-conversions.ts';

killedConversions({ orders: 60, kills: 4, minutes: 4 });

/** Both currencies of an amount: the shop's own, and the one that the buyer saw. */
export const MONEY_BAG =
  'fragment Money on MoneyBag { shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }';

export const ADDRESS = `fragment Address on MailingAddress {
  id firstName lastName name address1 address2 city company country countryCodeV2 phone province provinceCode zip
}`;

export const PAGE_INFO = 'pageInfo { hasNextPage endCursor }';

/* oxlint-disable max-lines -- a schema is one list */
/**
 * The part of Shopify's Admin API (2026-10) that the simulator knows. Names and nullability follow the
 * public schema as far as the specification of the connectors saw it; queries are checked against it.
 */
export const SCHEMA = /* GraphQL */ `
  scalar DateTime
  scalar Decimal
  scalar URL
  scalar UnsignedInt64

  type Query {
    shop: Shop!
    orders(first: Int, after: String, query: String, sortKey: OrderSortKeys): OrderConnection!
    order(id: ID!): Order
    products(first: Int, after: String, query: String, sortKey: ProductSortKeys): ProductConnection!
    product(id: ID!): Product
    customers(
      first: Int
      after: String
      query: String
      sortKey: CustomerSortKeys
    ): CustomerConnection!
    abandonedCheckouts(
      first: Int
      after: String
      query: String
      sortKey: AbandonedCheckoutSortKeys
    ): AbandonedCheckoutConnection!
    inventoryItems(first: Int, after: String, query: String): InventoryItemConnection!
    inventoryItem(id: ID!): InventoryItem
    collections(
      first: Int
      after: String
      query: String
      sortKey: CollectionSortKeys
    ): CollectionConnection!
    collection(id: ID!): Collection
    events(first: Int, after: String, query: String, sortKey: EventSortKeys): EventConnection!
    node(id: ID!): Node
  }

  type Mutation {
    bulkOperationRunQuery(
      query: String!
      groupObjects: Boolean! = false
    ): BulkOperationRunQueryPayload
  }

  enum OrderSortKeys {
    CREATED_AT
    ID
    PROCESSED_AT
    UPDATED_AT
  }
  enum ProductSortKeys {
    CREATED_AT
    ID
    UPDATED_AT
  }
  enum CustomerSortKeys {
    CREATED_AT
    ID
    UPDATED_AT
  }
  enum AbandonedCheckoutSortKeys {
    CREATED_AT
    ID
  }
  enum CollectionSortKeys {
    ID
    UPDATED_AT
  }
  enum EventSortKeys {
    CREATED_AT
    ID
  }

  interface Node {
    id: ID!
  }
  type PageInfo {
    hasNextPage: Boolean!
    endCursor: String
  }
  type Count {
    count: Int!
    precision: String!
  }
  type MoneyV2 {
    amount: Decimal!
    currencyCode: String!
  }
  type MoneyBag {
    shopMoney: MoneyV2!
    presentmentMoney: MoneyV2!
  }
  type Attribute {
    key: String!
    value: String
  }
  type MailingAddress {
    id: ID!
    firstName: String
    lastName: String
    name: String
    address1: String
    address2: String
    city: String
    company: String
    country: String
    countryCodeV2: String
    phone: String
    province: String
    provinceCode: String
    zip: String
  }

  type Domain {
    host: String!
  }
  type ShopPlan {
    publicDisplayName: String!
    partnerDevelopment: Boolean!
    shopifyPlus: Boolean!
  }
  type Shop {
    id: ID!
    name: String!
    myshopifyDomain: String!
    primaryDomain: Domain!
    currencyCode: String!
    ianaTimezone: String!
    weightUnit: String!
    taxesIncluded: Boolean!
    plan: ShopPlan!
  }

  type OrderConnection {
    pageInfo: PageInfo!
    nodes: [Order!]!
    edges: [OrderEdge!]!
  }
  type OrderEdge {
    node: Order!
  }
  type Order {
    id: ID!
    legacyResourceId: UnsignedInt64!
    name: String!
    number: Int!
    confirmationNumber: String
    email: String
    phone: String
    customer: Customer
    createdAt: DateTime!
    processedAt: DateTime!
    updatedAt: DateTime!
    cancelledAt: DateTime
    cancelReason: String
    closedAt: DateTime
    currencyCode: String!
    presentmentCurrencyCode: String!
    displayFinancialStatus: String
    displayFulfillmentStatus: String!
    test: Boolean!
    taxesIncluded: Boolean!
    taxExempt: Boolean!
    estimatedTaxes: Boolean!
    edited: Boolean!
    subtotalPriceSet: MoneyBag
    totalDiscountsSet: MoneyBag
    totalShippingPriceSet: MoneyBag!
    totalTaxSet: MoneyBag
    totalPriceSet: MoneyBag!
    totalRefundedSet: MoneyBag!
    netPaymentSet: MoneyBag!
    currentSubtotalPriceSet: MoneyBag!
    currentTotalDiscountsSet: MoneyBag!
    currentTotalPriceSet: MoneyBag!
    currentTotalTaxSet: MoneyBag!
    totalOutstandingSet: MoneyBag!
    totalWeight: UnsignedInt64
    discountCode: String
    discountCodes: [String!]!
    paymentGatewayNames: [String!]!
    tags: [String!]!
    note: String
    customAttributes: [Attribute!]!
    sourceName: String
    sourceIdentifier: String
    customerLocale: String
    clientIp: String
    billingAddress: MailingAddress
    shippingAddress: MailingAddress
    customerJourneySummary: CustomerJourneySummary
    discountApplications(first: Int, after: String): DiscountApplicationConnection!
    shippingLines(first: Int, after: String): ShippingLineConnection!
    lineItems(first: Int, after: String): LineItemConnection!
    refunds: [Refund!]!
    transactions: [OrderTransaction!]!
  }

  type MarketingEvent {
    id: ID!
  }
  type UTMParameters {
    source: String
    medium: String
    campaign: String
    content: String
    term: String
  }
  type CustomerVisit {
    id: ID!
    landingPage: URL
    landingPageHtml: String
    occurredAt: DateTime!
    referralCode: String
    referrerUrl: URL
    source: String!
    sourceDescription: String
    sourceType: String
    marketingEvent: MarketingEvent
    utmParameters: UTMParameters
  }
  type CustomerJourneySummary {
    ready: Boolean!
    customerOrderIndex: Int
    daysToConversion: Int
    momentsCount: Count
    firstVisit: CustomerVisit
    lastVisit: CustomerVisit
  }

  union PricingValue = PricingPercentageValue | MoneyV2
  type PricingPercentageValue {
    percentage: Float!
  }
  interface DiscountApplication {
    index: Int!
    allocationMethod: String!
    targetSelection: String!
    targetType: String!
    value: PricingValue!
  }
  type DiscountCodeApplication implements DiscountApplication {
    index: Int!
    allocationMethod: String!
    targetSelection: String!
    targetType: String!
    value: PricingValue!
    code: String!
  }
  type AutomaticDiscountApplication implements DiscountApplication {
    index: Int!
    allocationMethod: String!
    targetSelection: String!
    targetType: String!
    value: PricingValue!
    title: String!
  }
  type ManualDiscountApplication implements DiscountApplication {
    index: Int!
    allocationMethod: String!
    targetSelection: String!
    targetType: String!
    value: PricingValue!
    title: String!
  }
  type ScriptDiscountApplication implements DiscountApplication {
    index: Int!
    allocationMethod: String!
    targetSelection: String!
    targetType: String!
    value: PricingValue!
    title: String!
  }
  type DiscountApplicationConnection {
    pageInfo: PageInfo!
    nodes: [DiscountApplication!]!
    edges: [DiscountApplicationEdge!]!
  }
  type DiscountApplicationEdge {
    node: DiscountApplication!
  }
  type DiscountAllocation {
    allocatedAmountSet: MoneyBag!
    discountApplication: DiscountApplication!
  }

  type ShippingLineConnection {
    pageInfo: PageInfo!
    nodes: [ShippingLine!]!
    edges: [ShippingLineEdge!]!
  }
  type ShippingLineEdge {
    node: ShippingLine!
  }
  type ShippingLine {
    id: ID
    title: String!
    code: String
    source: String
    originalPriceSet: MoneyBag!
    discountedPriceSet: MoneyBag!
  }

  type TaxLine {
    title: String!
    rate: Float
    ratePercentage: Float
    priceSet: MoneyBag!
  }
  type Duty {
    id: ID!
  }
  type SellingPlan {
    name: String!
  }
  type LineItemConnection {
    pageInfo: PageInfo!
    nodes: [LineItem!]!
    edges: [LineItemEdge!]!
  }
  type LineItemEdge {
    node: LineItem!
  }
  type LineItem {
    id: ID!
    name: String!
    title: String!
    variantTitle: String
    sku: String
    vendor: String
    quantity: Int!
    currentQuantity: Int!
    unfulfilledQuantity: Int!
    refundableQuantity: Int!
    requiresShipping: Boolean!
    isGiftCard: Boolean!
    taxable: Boolean!
    originalUnitPriceSet: MoneyBag!
    discountedUnitPriceAfterAllDiscountsSet: MoneyBag!
    originalTotalSet: MoneyBag!
    discountedTotalSet: MoneyBag!
    totalDiscountSet: MoneyBag!
    discountAllocations: [DiscountAllocation!]!
    taxLines: [TaxLine!]!
    duties: [Duty!]!
    customAttributes: [Attribute!]!
    product: Product
    variant: ProductVariant
    sellingPlan: SellingPlan
  }

  type Location {
    id: ID!
    name: String!
    isActive: Boolean!
  }
  type RefundDuty {
    originalDuty: Duty
  }
  type RefundLineItemConnection {
    pageInfo: PageInfo!
    nodes: [RefundLineItem!]!
  }
  type RefundLineItem {
    id: ID
    quantity: Int!
    restockType: String!
    restocked: Boolean!
    location: Location
    lineItem: LineItem!
    priceSet: MoneyBag!
    subtotalSet: MoneyBag!
    totalTaxSet: MoneyBag!
  }
  type Refund implements Node {
    id: ID!
    legacyResourceId: UnsignedInt64!
    createdAt: DateTime
    updatedAt: DateTime!
    note: String
    order: Order!
    totalRefundedSet: MoneyBag!
    duties: [RefundDuty!]
    refundLineItems(first: Int, after: String): RefundLineItemConnection!
  }
  type OrderTransaction {
    id: ID!
    kind: String!
    status: String!
    gateway: String
    formattedGateway: String
    amountSet: MoneyBag!
    processedAt: DateTime
    createdAt: DateTime
    test: Boolean!
    errorCode: String
    paymentId: String
    settlementCurrency: String
    settlementCurrencyRate: Decimal
    totalUnsettledSet: MoneyBag
  }

  type ProductConnection {
    pageInfo: PageInfo!
    nodes: [Product!]!
  }
  type PriceRange {
    minVariantPrice: MoneyV2!
    maxVariantPrice: MoneyV2!
  }
  type ProductOption {
    id: ID!
    name: String!
    position: Int!
    values: [String!]!
  }
  type SEO {
    title: String
    description: String
  }
  type Product {
    id: ID!
    legacyResourceId: UnsignedInt64!
    title: String!
    handle: String!
    descriptionHtml: String!
    vendor: String!
    productType: String!
    status: String!
    tags: [String!]!
    totalInventory: Int!
    tracksInventory: Boolean!
    isGiftCard: Boolean!
    hasOnlyDefaultVariant: Boolean!
    priceRangeV2: PriceRange!
    options: [ProductOption!]!
    seo: SEO!
    publishedAt: DateTime
    createdAt: DateTime!
    updatedAt: DateTime!
    variantsCount: Count
    variants(first: Int, after: String): ProductVariantConnection!
  }
  type ProductVariantConnection {
    pageInfo: PageInfo!
    nodes: [ProductVariant!]!
  }
  type SelectedOption {
    name: String!
    value: String!
  }
  type Image {
    url: URL!
  }
  type ProductVariant {
    id: ID!
    legacyResourceId: UnsignedInt64!
    title: String!
    sku: String
    barcode: String
    price: Decimal!
    compareAtPrice: Decimal
    position: Int!
    inventoryQuantity: Int
    inventoryPolicy: String!
    taxable: Boolean!
    createdAt: DateTime!
    updatedAt: DateTime!
    selectedOptions: [SelectedOption!]!
    image: Image
    inventoryItem: InventoryItem!
  }

  type InventoryItemConnection {
    pageInfo: PageInfo!
    nodes: [InventoryItem!]!
  }
  type InventoryItem {
    id: ID!
    legacyResourceId: UnsignedInt64!
    sku: String
    tracked: Boolean!
    updatedAt: DateTime!
    unitCost: MoneyV2
    inventoryLevels(first: Int, after: String): InventoryLevelConnection!
  }
  type InventoryLevelConnection {
    pageInfo: PageInfo!
    nodes: [InventoryLevel!]!
  }
  type InventoryQuantity {
    name: String!
    quantity: Int!
  }
  type InventoryLevel {
    id: ID!
    updatedAt: DateTime!
    location: Location!
    quantities(names: [String!]!): [InventoryQuantity!]!
  }

  type CollectionConnection {
    pageInfo: PageInfo!
    nodes: [Collection!]!
  }
  type Collection {
    id: ID!
    legacyResourceId: UnsignedInt64!
    title: String!
    handle: String!
    sortOrder: String!
    updatedAt: DateTime!
    productsCount: Count
    products(first: Int, after: String): ProductConnection!
  }

  type CustomerConnection {
    pageInfo: PageInfo!
    nodes: [Customer!]!
  }
  type CustomerEmailAddress {
    marketingState: String!
    marketingOptInLevel: String
    marketingUpdatedAt: DateTime
  }
  type CustomerPhoneNumber {
    marketingState: String!
    marketingOptInLevel: String
    marketingUpdatedAt: DateTime
  }
  type Customer {
    id: ID!
    legacyResourceId: UnsignedInt64!
    displayName: String!
    firstName: String
    lastName: String
    email: String
    phone: String
    state: String!
    note: String
    tags: [String!]!
    taxExempt: Boolean!
    verifiedEmail: Boolean!
    locale: String!
    numberOfOrders: UnsignedInt64!
    amountSpent: MoneyV2!
    defaultEmailAddress: CustomerEmailAddress
    defaultPhoneNumber: CustomerPhoneNumber
    defaultAddress: MailingAddress
    addresses: [MailingAddress!]!
    createdAt: DateTime!
    updatedAt: DateTime!
  }

  type AbandonedCheckoutConnection {
    pageInfo: PageInfo!
    nodes: [AbandonedCheckout!]!
  }
  type AbandonedCheckoutLineItemConnection {
    pageInfo: PageInfo!
    nodes: [AbandonedCheckoutLineItem!]!
  }
  type AbandonedCheckoutLineItem {
    id: ID!
    title: String
    quantity: Int!
    variant: ProductVariant
  }
  type AbandonedCheckout implements Node {
    id: ID!
    abandonedCheckoutUrl: URL!
    completedAt: DateTime
    createdAt: DateTime!
    updatedAt: DateTime!
    note: String!
    taxesIncluded: Boolean!
    discountCodes: [String!]!
    customer: Customer
    subtotalPriceSet: MoneyBag!
    totalDiscountSet: MoneyBag!
    totalLineItemsPriceSet: MoneyBag!
    totalPriceSet: MoneyBag!
    totalTaxSet: MoneyBag
    billingAddress: MailingAddress
    shippingAddress: MailingAddress
    lineItems(first: Int, after: String): AbandonedCheckoutLineItemConnection!
  }

  interface Event {
    id: ID!
    action: String!
    appTitle: String
    createdAt: DateTime!
    message: String!
  }
  type BasicEvent implements Event {
    id: ID!
    action: String!
    appTitle: String
    createdAt: DateTime!
    message: String!
    subjectId: ID
    subjectType: String!
  }
  type EventConnection {
    pageInfo: PageInfo!
    nodes: [Event!]!
  }

  type BulkOperationUserError {
    field: [String!]
    message: String!
    code: String
  }
  type BulkOperationRunQueryPayload {
    bulkOperation: BulkOperation
    userErrors: [BulkOperationUserError!]!
  }
  type BulkOperation implements Node {
    id: ID!
    type: String!
    status: String!
    errorCode: String
    createdAt: DateTime!
    completedAt: DateTime
    objectCount: UnsignedInt64!
    rootObjectCount: UnsignedInt64!
    fileSize: UnsignedInt64
    url: URL
    partialDataUrl: URL
  }
`;

/** Who buys: everybody is invented, at `example.com`, with numbers that nobody has. */
export interface Contact {
  readonly name: string;
  readonly email: string;
  /** As typed: `+5511900012345`, `(11) 90001-2345`; empty where it was left out. */
  readonly phone: string;
  /** CPF, as typed: with or without punctuation; empty where it was left out. */
  readonly document: string;
}

export interface Address {
  readonly street: string;
  readonly number: string;
  readonly complement: string;
  readonly district: string;
  readonly city: string;
  /** `São Paulo`, and its two letters. */
  readonly state: string;
  readonly stateCode: string;
  /** `01310-100` */
  readonly postalCode: string;
}

/** A customer's account at an instant. A person may have two of them. */
export interface Account {
  /** From 1; a person's two accounts are not neighbours in time. */
  readonly id: number;
  /** The person behind it, by the number in the whole group: the truth, which no platform knows. */
  readonly personId: number;
  readonly contact: Contact;
  readonly firstName: string;
  readonly lastName: string;
  readonly address: Address;
  /** `1987-04-23` */
  readonly birthDate: string;
  readonly gender: 'female' | 'male';
  readonly acceptsMarketing: boolean;
  readonly createdAt: number;
  /** Its latest order by then. */
  readonly updatedAt: number;
  /** Orders placed by then, and what they came to, whatever became of them. */
  readonly orderCount: number;
  readonly totalSpent: number;
  readonly lastOrderIndex: number;
}

/** An account that its owner had removed. */
export interface DeletedAccount {
  readonly id: number;
  readonly deletedAt: number;
}

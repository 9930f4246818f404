/** The worked example of BG/NBD and Gamma-Gamma at the published parameters of CDNOW. */
export interface PublishedLifetimeValue {
  readonly params: {
    readonly bgnbd: { r: number; alpha: number; a: number; b: number };
    readonly gamma_gamma: { p: number; q: number; v: number };
  };
  readonly published: {
    readonly 'E39(x=2,tx=30.43,T=38.86)': number;
    readonly 'P(X(39)=0)': number;
    readonly unconditional_E: Readonly<Record<string, number>>;
    readonly expected_avg_value_first10: readonly number[];
  };
  readonly expected: {
    readonly customers: readonly Readonly<
      Record<
        | 'id'
        | 'frequency'
        | 'recency'
        | 'T'
        | 'monetary'
        | 'p_alive'
        | 'expected_39_weeks'
        | 'expected_avg_value'
        | 'clv_12m_d1pct',
        number
      >
    >[];
    readonly unconditional_E: Readonly<Record<string, number>>;
  };
}

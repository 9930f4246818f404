/** What happens between the runner and a platform, for a live table. Texts hold no secret. */
export type HttpEvent =
  /** Nothing is sent for a while. */
  | { readonly type: 'waiting'; readonly reason: string; readonly ms: number }
  /** What the platform last said about its limit. */
  | { readonly type: 'rate'; readonly state: string }
  /** This machine's clock and the platform's differ by more than minutes. */
  | { readonly type: 'clock'; readonly aheadMs: number }
  | { readonly type: 'answered'; readonly status: number; readonly ms: number }
  /** Something people should know once: another API version was served, or the version ends. */
  | { readonly type: 'notice'; readonly text: string };

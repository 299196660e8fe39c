/**
 * Where a credential may travel. Each surface names the ones that it honours, in order of preference;
 * the first one present counts, and its failure is final.
 */
export type Carrier =
  'token-header' | 'token-query' | 'bearer-header' | 'api-key-header' | 'api-key-query' | 'session-cookie';

/** What a person can see of the three modes, in the order in which it is told. The words of each are in the catalogues. */
export const modeDifferences = [
  'ping',
  'undeclared-port',
  'unallocated-address',
  'node-port-localhost',
  'no-endpoints',
  'choice',
  'lookup',
  'update',
  'source-range',
  'health-check',
  'invalid',
] as const

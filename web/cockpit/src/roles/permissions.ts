/** What a free role may be about (document 003, "ACL"). */
const RESOURCES = [
  'SEGMENT_EXPORT',
  'EARNING_RULE',
  'LEVEL',
  'TRANSACTION',
  'SELLER',
  'ADMIN',
  'ACL',
  'ANALYTICS',
  'POS',
  'POINT_TRANSFER',
  'SEGMENT',
  'SETTINGS',
  'CUSTOMER',
  'REWARD_CAMPAIGN',
  'AUDIT',
];

export const PERMISSION_CHOICES = RESOURCES.flatMap((resource) =>
  ['VIEW', 'MODIFY'].map((access) => ({ id: `${resource}:${access}`, name: `${resource} ${access}` })),
);

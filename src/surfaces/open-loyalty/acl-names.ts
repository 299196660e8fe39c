import type { Access, Resource } from '../../common/permissions.js';

/** The words of 003 for accesses and resources (reference note 1.9). */
export const ACCESS_NAMES: Readonly<Record<Access, string>> = { VIEW: 'View', MODIFY: 'Modify' };

export const RESOURCE_NAMES: Readonly<Record<Resource, string>> = {
  SEGMENT_EXPORT: 'Utilities',
  EARNING_RULE: 'Earning rules',
  LEVEL: 'Levels',
  TRANSACTION: 'Transactions',
  SELLER: 'Merchants',
  ADMIN: 'Admins',
  ACL: 'ACL',
  ANALYTICS: 'Dashboard',
  POS: 'POS',
  POINT_TRANSFER: 'Points transfers',
  SEGMENT: 'Segments',
  SETTINGS: 'Settings',
  CUSTOMER: 'Customers',
  REWARD_CAMPAIGN: 'Reward Campaign',
  AUDIT: 'Audit',
};

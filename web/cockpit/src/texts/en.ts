import { problems } from './problems/en.js';

/** The words of the cockpit in English; every other language has the same keys. */
export const en = {
  cockpit: {
    title: 'Gatehouse',
    noRights: 'You are signed in, and may not look at anything here.',
    toAccount: 'My account',
    signOut: 'Sign out',
  },
  confirm: {
    title: 'Please show again who you are',
    text: 'This needs a sign-in of the last 15 minutes. Enter your password, or a code of your second factor.',
    password: 'Password',
    code: 'Code',
  },
  action: {
    done: 'Done.',
    disable: 'Disable',
    enable: 'Enable',
    resetPassword: 'Send password link',
    signInLink: 'Send sign-in link',
    removeFactors: 'Remove second factors',
    endSession: 'End',
    endSessions: 'End all sessions',
    sure: 'Please confirm: %{what}',
  },
  list: { page: 'Page %{page}', pages: 'Pages' },
  users: {
    details: 'Details',
    sessions: 'Sessions',
    events: 'Events',
    passwordHint: 'Leave it empty to mail him a link with which he chooses one.',
    noSessions: 'No session is open.',
    lastUsed: 'Last used',
    program: 'Program',
    address: 'Address',
    door: 'Door',
    current: 'this session',
    never: 'never',
  },
  level: { member: 'Member', manager: 'Manager', admin: 'Administrator', superuser: 'Superuser' },
  userType: { customer: 'Customer', seller: 'Seller', admin: 'Administrator' },
  state: { active: 'Active', blocked: 'Disabled', new: 'Not confirmed yet' },
  resources: {
    users: {
      name: 'User |||| Users',
      fields: {
        q: 'Begin of address, name, phone or card',
        email: 'E-mail address',
        username: 'User name',
        firstName: 'First name',
        lastName: 'Last name',
        phone: 'Phone',
        card: 'Loyalty card',
        type: 'Type',
        level: 'Level',
        state: 'State',
        locale: 'Language of mails',
        roleId: 'Role',
        networks: 'Networks',
        password: 'Password',
        emailConfirmed: 'Address confirmed',
        hasPassword: 'Has a password',
        createdAt: 'Made',
        updatedAt: 'Changed',
      },
    },
  },
  ...problems,
};

export type Texts = typeof en;

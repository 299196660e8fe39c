/** What refusals of the native API mean, by their codes, and the rules that a field breaks. */
export const problems = {
  problem: {
    invalid: 'This cannot be taken. Please look at what you entered.',
    failed: 'The server could not do this. Please try again.',
    'no-answer': 'The server cannot be reached. Please check your connection and try again.',
    'rate-limited': 'Too many attempts. Please wait a moment.',
    overloaded: 'The server is busy. Please try again.',
    'insufficient-rights': 'You may not do this.',
    'reauthentication-required': 'You have to show again who you are for this.',
    'wrong-credentials': 'The password is wrong.',
    'wrong-factor-code': 'The code is wrong, or was used before.',
    'not-found': 'It is not there any more.',
    'user-not-found': 'This user is not there any more.',
    'precondition-failed': 'Somebody else changed it in the meantime. Please look at it anew.',
    'identifier-taken': 'Somebody has this name already.',
    'invalid-fields': 'Please look at the marked fields.',
    'invalid-body': 'Please look at the marked fields.',
  },
  rule: {
    invalid: 'This cannot be taken.',
    blank: 'Please fill this in.',
    taken: 'Somebody has this already.',
    'too-short': 'This is too short.',
    'too-long': 'This is too long.',
    phone: 'This is no phone number.',
  },
};

import { ApiKeySecretRefused } from '../../api-keys/api-keys.errors.js';
import { IdentifierTaken } from '../../users/users.errors.js';
import { InvalidFields } from '../field-faults.js';

/** Tells what was taken between the check and the writing as the check would have told it. */
export async function asFieldFaults<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof IdentifierTaken) {
      throw new InvalidFields([{ field: 'email', code: 'taken' }], { cause: error });
    }
    if (error instanceof ApiKeySecretRefused) {
      throw new InvalidFields([{ field: 'apiKey', code: error.fault }], { cause: error });
    }
    throw error;
  }
}

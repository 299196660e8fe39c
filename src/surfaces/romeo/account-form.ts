import { characters } from '../../common/characters.js';
import type { FastifyRequest } from 'fastify';
import type { FieldFault } from '../../accounts/field-faults.js';
import {
  LONGEST_DESCRIPTION,
  LONGEST_DISPLAY_NAME,
  LONGEST_IMAGE,
  type AccountEdit,
} from '../../accounts/personal-account.js';
import { readMultipart } from '../../http/multipart/read-multipart.js';
import { Fields } from './fields.js';

const IMAGES = ['avatar', 'profile_cover'];

/**
 * Reads what `PATCH /api/account/:id` is sent, of any content type; an upload is read only now. Faulty
 * fields stand in `unreadable`.
 * @throws MalformedBody; BodyTooLarge for an image of more than 5 MiB
 */
export async function readAccountForm(request: FastifyRequest): Promise<AccountEdit> {
  const body = request.isMultipart()
    ? await readMultipart(request, { names: IMAGES, bytes: LONGEST_IMAGE })
    : request.body;
  return editOf(new Fields(body));
}

function editOf(fields: Fields): AccountEdit {
  const displayName = fields.text('display_name')?.trim() ?? '';
  const description = fields.text('description') ?? '';
  const images = { avatar: fields.image('avatar'), profileCover: fields.image('profile_cover') };
  return {
    ...(fields.has('display_name') ? { displayName } : {}),
    ...(fields.has('description') ? { description } : {}),
    images,
    unreadable: [...fields.unreadable, ...lengthFaults(fields, displayName, description)],
  };
}

function lengthFaults(fields: Fields, displayName: string, description: string): FieldFault[] {
  const faults: FieldFault[] = [];
  const isReadable = (field: string) => !fields.unreadable.some((fault) => fault.field === field);
  if (fields.has('display_name') && isReadable('display_name')) {
    if (displayName === '') faults.push({ field: 'display_name', code: 'blank' });
    if (characters(displayName) > LONGEST_DISPLAY_NAME)
      faults.push({ field: 'display_name', code: 'too-long' });
  }
  if (characters(description) > LONGEST_DESCRIPTION) faults.push({ field: 'description', code: 'too-long' });
  return faults;
}

import type { FastifyRequest } from 'fastify';
import { readMultipart, UploadedFile } from '../http/multipart/read-multipart.js';
import { validateBody } from '../http/validate-body.pipe.js';
import { EditAccountRequest } from './dto/account.view.js';
import { IMAGE_FIELDS, LONGEST_IMAGE, type AccountEdit, type ImageField } from './personal-account.js';

type Images = { [field in ImageField]?: Buffer };

/**
 * Reads what `PATCH /v1/accounts/:id` is sent, JSON or a form with images; an upload is read only now.
 * @throws InvalidBody, MalformedBody; BodyTooLarge for an image of more than 5 MiB; RequestTimedOut
 */
export async function readAccountEdit(request: FastifyRequest): Promise<AccountEdit> {
  const body = request.isMultipart()
    ? await readMultipart(request, { names: IMAGE_FIELDS, bytes: LONGEST_IMAGE })
    : request.body;
  const { texts, images } = apart(body);
  const { displayName, description, ...ends } = await validateBody(texts, EditAccountRequest);
  return { displayName, description, images: { ...ends, ...images } };
}

/** The images of a body, and the rest of it, in which false stands for what is no image. */
function apart(body: unknown): { texts: unknown; images: Images } {
  const images: Images = {};
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return { texts: body, images };
  const texts: Record<string, unknown> = { ...body };
  for (const field of IMAGE_FIELDS) {
    const value = texts[field];
    if (value instanceof UploadedFile) {
      images[field] = value.bytes;
      delete texts[field];
    } else if (value !== undefined && value !== null) {
      texts[field] = false;
    }
  }
  return { texts, images };
}

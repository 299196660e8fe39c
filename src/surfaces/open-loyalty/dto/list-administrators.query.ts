import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Allow } from 'class-validator';
import type { UserSort } from '../../../users/user.js';

const DEFAULT_SIZE = 10;
const LARGEST_SIZE = 1_000;
const LARGEST_PAGE = 1_000_000;

/** The columns of 003, as the core calls them; an unknown one is the first. */
const SORTS: Readonly<Record<string, UserSort>> = {
  id: 'id',
  username: 'username',
  email: 'email',
  firstName: 'firstName',
  lastName: 'lastName',
  phone: 'phone',
  createAt: 'createdAt',
  isActive: 'state',
};

const numberOf = (value: unknown) => (/^\d{1,9}$/.test(String(value)) ? Number(value) : 0);

/** Query of `GET /api/admin`; an odd value is as good as none (contract 4.4). */
export class ListAdministratorsQuery {
  @ApiPropertyOptional({ type: 'integer', default: 1, description: 'Which page' })
  @Allow()
  @Transform(({ value }: { value: unknown }) => Math.min(Math.max(numberOf(value), 1), LARGEST_PAGE))
  page: number = 1;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: LARGEST_SIZE,
    default: DEFAULT_SIZE,
    description: 'The most administrators of a page',
  })
  @Allow()
  @Transform(({ value }: { value: unknown }) => {
    const size = numberOf(value);
    return size >= 1 && size <= LARGEST_SIZE ? size : DEFAULT_SIZE;
  })
  perPage: number = DEFAULT_SIZE;

  @ApiPropertyOptional({
    enum: Object.keys(SORTS),
    default: 'lastName',
    description: 'By what they are ordered',
  })
  @Allow()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && Object.hasOwn(SORTS, value) ? SORTS[value] : 'id',
  )
  sort: UserSort = 'lastName';

  @ApiPropertyOptional({ enum: ['asc', 'desc'], default: 'asc', description: 'Which way' })
  @Allow()
  @Transform(({ value }: { value: unknown }) => (value === 'asc' ? 'asc' : 'desc'))
  direction: 'asc' | 'desc' = 'asc';
}

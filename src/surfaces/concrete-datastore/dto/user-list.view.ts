import { ApiProperty, OmitType } from '@nestjs/swagger';
import { AccountBody } from './account.view.js';

/** A user as others see him: without the links that only his owner may use. */
export class UserDetailBody extends OmitType(AccountBody, [
  'unsubscribe_notification_url',
  'unsubscribe_all',
  'unsubscribe_to',
] as const) {}

/** A numbered page of users, in the envelope that the origin puts around every list. */
export class UserListBody {
  @ApiProperty({ description: 'Users on this page' })
  objects_count: number;
  @ApiProperty({ type: String, nullable: true, description: 'Address of the next page' })
  next: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Address of the page before' })
  previous: string | null;
  @ApiProperty({ type: [UserDetailBody], description: 'The users' })
  results: UserDetailBody[];
  @ApiProperty({ description: 'The most users of a page' })
  objects_count_per_page: number;
  @ApiProperty({ description: 'How many pages there are' })
  num_total_pages: number;
  @ApiProperty({ description: 'The number of this page' })
  num_current_page: number;
  @ApiProperty({ description: 'The most that may be asked for' })
  max_allowed_objects_per_page: number;
  @ApiProperty({ enum: ['User'], description: 'Always User' })
  model_name: string;
  @ApiProperty({ enum: ['User'], description: 'Always User' })
  model_verbose_name: string;
  @ApiProperty({ type: [String], description: 'Always empty' })
  list_display: string[];
  @ApiProperty({ type: Object, description: 'Always empty' })
  list_filter: Record<string, never>;
  @ApiProperty({ description: 'Users on all pages' })
  total_objects_count: number;
  @ApiProperty({ description: 'Address of the list' })
  create_url: string;
}

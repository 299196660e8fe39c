import { ApiProperty } from '@nestjs/swagger';

/** What every page of a list has beside its items. */
export abstract class PageView {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Give it as `cursor` for the next page; null at the end',
  })
  nextCursor: string | null;
}

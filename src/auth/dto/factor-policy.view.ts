import { ApiProperty } from '@nestjs/swagger';
import { IsIn, ValidateIf } from 'class-validator';
import { LEVELS, type Level } from '../../common/levels.js';

/** Body of `PUT /v1/factor-policy`, and what `GET` answers. */
export class FactorPolicyView {
  @ApiProperty({
    enum: LEVELS,
    nullable: true,
    description: 'Users of this level and above are asked for a second factor; null: only who has one',
  })
  @ValidateIf(({ requiredFrom }: FactorPolicyView) => requiredFrom !== null)
  @IsIn(LEVELS)
  requiredFrom: Level | null;
}

export const toFactorPolicyView = (requiredFrom: Level | null): FactorPolicyView => ({ requiredFrom });

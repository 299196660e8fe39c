import { ApiProperty } from '@nestjs/swagger';
import { CONFIRMATION_METHODS, type ConfirmationMethod } from '../confirmation-methods.service.js';

/** By what one may show once more who one is. */
export class ConfirmationMethodsView {
  @ApiProperty({
    enum: CONFIRMATION_METHODS,
    enumName: 'ConfirmationMethod',
    isArray: true,
    description: 'Empty for who has none of them and signs in anew instead',
  })
  methods: ConfirmationMethod[];
}

/** A command was not understood (exit code 2), or what it asks for is not there (1). */
export class CommandFault extends Error {
  constructor(
    message: string,
    readonly exitCode: 1 | 2,
  ) {
    super(message);
    this.name = 'CommandFault';
  }
}

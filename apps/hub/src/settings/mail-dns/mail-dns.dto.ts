import { Matches } from 'class-validator';

export class NewDkimKeyDto {
  /** The name under which the key is published: letters, digits and hyphens. */
  @Matches(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)
  selector: string = 'peyk';
}

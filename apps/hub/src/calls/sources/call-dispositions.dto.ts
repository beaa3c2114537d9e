import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsString, Matches, MaxLength, MinLength, ValidateNested } from 'class-validator';

export class DispositionNamesDto {
  @IsString()
  @MinLength(1)
  @MaxLength(80)
  en!: string;

  @IsString()
  @MinLength(1)
  @MaxLength(80)
  fa!: string;
}

export class CallDispositionDto {
  @Matches(/^[a-z][a-z0-9_]{0,39}$/)
  key!: string;

  @ValidateNested()
  @Type(() => DispositionNamesDto)
  names!: DispositionNamesDto;
}

export class CallDispositionsDto {
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => CallDispositionDto)
  list!: CallDispositionDto[];
}

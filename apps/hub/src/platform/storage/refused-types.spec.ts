import { describe, expect, it } from '@jest/globals';
import { programType } from './refused-types.js';

describe('a program', () => {
  it.each([
    ['a.exe', '', '.exe'],
    ['فاکتور.pdf.EXE', 'application/octet-stream', '.exe'],
    ['a.exe. ', '', '.exe'],
    ['photo\u202Egpj.scr', '', '.scr'],
    ['run.sh', 'text/plain', '.sh'],
    ['invoice.pdf', 'application/x-msdownload', 'application/x-msdownload'],
    ['notes', 'text/x-shellscript', 'text/x-shellscript'],
    ['app.zip', 'application/java-archive', 'application/java-archive'],
  ])('is known by its ending or its bytes: %j %s', (name, sniffed, type) => {
    expect(programType(name, sniffed)).toBe(type);
  });

  it.each([
    ['exe', ''],
    ['a.pdf', 'application/pdf'],
    ['report.xlsm', 'application/vnd.ms-excel.sheet.macroenabled.12'],
    ['photos.zip', 'application/zip'],
    ['how to open .exe files.txt', 'text/plain'],
    ['صدا.ogg', 'audio/ogg'],
  ])('is not what customers send for a living: %j %s', (name, sniffed) => {
    expect(programType(name, sniffed)).toBeNull();
  });
});

// The content security policy forbids code made from text, which zod tries when a schema is made:
// this module comes first.
import * as z from 'zod';

z.config({ jitless: true });

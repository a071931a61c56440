// The content security policy forbids code made from text, which zod tries when it compiles a
// schema. Import this module first.
import * as z from 'zod';

z.config({ jitless: true });

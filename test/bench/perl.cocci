// What the bench is measured against: the opens of code in perl's C, rewritten by Coccinelle. It knows nothing of the
// library in Perl, and judges no other site. Names that are no metavariables tell these calls from those beside them.

@@
@@
- PerlIO_open (scriptname, PERL_SCRIPT_MODE)
+ PerlIO_open_code (scriptname)

@@
@@
- PerlIO_fdopen (fdscript, PERL_SCRIPT_MODE)
+ PerlIO_fdopen_code (fdscript)

@@
expression layers;
@@
- PerlIO_openn (layers, PERL_SCRIPT_MODE, -1, 0, 0, NULL, 1, &name)
+ PerlIO_openn_code (layers, &name)

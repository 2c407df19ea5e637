/* main.c -- toy SCRIPT, toy -e TEXT. */

#include "toy.h"

int
main (int argc, char **argv)
{
  if (argc > 2 && is_option (argv[1], 'e'))
    {
      int status;

      status = eval_text (argv[2]);
      return status;
    }
  return argc > 1 ? eval_file (NULL, argv[1]) : usage ();
}

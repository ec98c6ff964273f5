"""unittest: results of passing, failing, erring, skipped and expected tests; fixtures, subtests, mocks, assertion messages."""
import io
import re
import unittest


class Things(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        print("setUpClass")

    @classmethod
    def tearDownClass(cls):
        print("tearDownClass")

    def setUp(self):
        print("setUp", self._testMethodName)
        self.addCleanup(print, "cleanup", self._testMethodName)

    def tearDown(self):
        print("tearDown")

    def test_pass(self):
        self.assertEqual(1, 1)

    def test_fail(self):
        """A test that fails."""
        self.assertEqual([1, 2, 3], [1, 2, 4], "lists differ")

    def test_error(self):
        raise KeyError("missing")

    @unittest.skip("not now")
    def test_skipped(self):
        pass

    def test_skips_itself(self):
        self.skipTest("itself")

    @unittest.expectedFailure
    def test_expected(self):
        self.fail("as expected")

    @unittest.expectedFailure
    def test_unexpected(self):
        pass

    def test_subtests(self):
        for i in range(3):
            with self.subTest("sub", i=i):
                self.assertNotEqual(i, 1)


stream = io.StringIO()
suite = unittest.TestLoader().loadTestsFromTestCase(Things)
result = unittest.TextTestRunner(stream=stream, verbosity=2).run(suite)
text = re.sub(r"in [\d.]+s", "in TIME", stream.getvalue())
text = re.sub(r'File ".*[\\/]', 'File "', text)
print(text)
print(result.testsRun, len(result.failures), len(result.errors), len(result.skipped), len(result.expectedFailures), len(result.unexpectedSuccesses), result.wasSuccessful(), result)
case = unittest.TestCase()
for name, *arguments in [
    ("assertEqual", 1, 2), ("assertEqual", "a\nb\n", "a\nc\n"), ("assertEqual", {"a": 1}, {"a": 2}), ("assertEqual", (1, 2), (1,)), ("assertEqual", {1}, {2}), ("assertNotEqual", 1, 1), ("assertTrue", 0), ("assertFalse", 1), ("assertIs", [], []), ("assertIsNot", None, None), ("assertIsNone", 1), ("assertIsNotNone", None), ("assertIn", 1, [2]), ("assertNotIn", 1, [1]), ("assertIsInstance", 1, str), ("assertNotIsInstance", 1, int), ("assertAlmostEqual", 1.0, 1.1), ("assertNotAlmostEqual", 1.0, 1.0), ("assertGreater", 1, 2), ("assertLessEqual", 3, 2), ("assertRegex", "abc", "x"), ("assertNotRegex", "abc", "b"), ("assertCountEqual", [1, 2, 2], [1, 1, 2]), ("assertListEqual", [1], [2]), ("assertDictEqual", {}, {1: 2}), ("assertSequenceEqual", [1], (2,)), ("assertMultiLineEqual", "a", "b"), ("fail", "message"), ("assertRaises", KeyError, int, "1"), ("assertRaises", ValueError, int, "x"), ("assertRaisesRegex", ValueError, "nope", int, "x"), ("assertHasAttr", 1, "nope"), ("assertStartsWith", "abc", "b"), ("assertIsSubclass", int, str), ("assertEndsWith", "abc", "b"),
]:
    try:
        print(name, getattr(case, name)(*arguments))
    except Exception as error:
        print(f"{name}: {type(error).__name__}: {error}")
with case.assertRaises(ValueError) as caught:
    int("x")
print(caught.exception)
with case.assertWarns(UserWarning) as warned:
    import warnings

    warnings.warn("w")
print(warned.warning)
with case.assertLogs("x", "INFO") as logs:
    import logging

    logging.getLogger("x").info("logged")
print(logs.output)
for manager in (case.assertRaises(KeyError), case.assertLogs("y"), case.assertNoLogs("z"), case.assertWarns(UserWarning)):
    try:
        with manager:
            logging.getLogger("z").error("logged anyway")
    except AssertionError as error:
        print(error)

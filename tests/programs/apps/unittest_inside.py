"""A test suite run inside a program: results, subtests, skips, expected failures, fixtures, cleanups, messages of asserts."""
import io
import unittest
from unittest import mock

log = []


class Case(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        log.append("setUpClass")
        cls.addClassCleanup(log.append, "class cleanup")

    def setUp(self):
        self.addCleanup(log.append, f"cleanup {self.id().split('.')[-1]}")

    def tearDown(self):
        log.append("tearDown")

    def test_passes(self):
        self.assertEqual(1 + 1, 2)

    def test_fails(self):
        self.assertEqual([1, 2, 3, {"a": 1}], [1, 2, 4, {"a": 2}], "own message")

    def test_errors(self):
        {}["missing"]

    @unittest.skip("not today")
    def test_skipped(self):
        pass

    @unittest.skipIf(True, "condition")
    def test_skipped_too(self):
        pass

    @unittest.expectedFailure
    def test_expected(self):
        self.assertTrue(False)

    @unittest.expectedFailure
    def test_unexpected(self):
        pass

    def test_sub(self):
        for i in range(3):
            with self.subTest("part", i=i):
                self.assertNotEqual(i, 1)

    def test_raises(self):
        with self.assertRaisesRegex(ValueError, "inva.id") as caught:
            int("x")
        self.assertIsInstance(caught.exception, ValueError)
        with self.assertRaises(KeyError):
            pass


class Result(unittest.TextTestResult):
    def addSubTest(self, test, subtest, error):
        log.append(("sub", subtest._message, dict(subtest.params), error is not None))
        super().addSubTest(test, subtest, error)


out = io.StringIO()
suite = unittest.defaultTestLoader.loadTestsFromTestCase(Case)
result = unittest.TextTestRunner(out, verbosity=2, resultclass=Result, descriptions=False).run(suite)
print(result.testsRun, len(result.failures), len(result.errors), len(result.skipped), len(result.expectedFailures), len(result.unexpectedSuccesses), result.wasSuccessful())
for line in out.getvalue().splitlines():
    if line.startswith("test_") or "..." in line:
        print(line)
for test, text in result.failures + result.errors:
    print(str(test).split(" (")[0], "|", text.strip().splitlines()[-1])
print(log)
print([reason for _, reason in result.skipped])
check = unittest.TestCase()
check.maxDiff = None
for action in (lambda: check.assertEqual("a\nb\nc", "a\nx\nc"), lambda: check.assertDictEqual({"a": 1, "b": 2}, {"a": 1, "b": 3}), lambda: check.assertIn(5, [1, 2]),
               lambda: check.assertCountEqual([1, 1, 2], [2, 2, 1]), lambda: check.assertAlmostEqual(1.0, 1.1, 3), lambda: check.assertGreater(1, 2),
               lambda: check.assertSetEqual({1}, {2}), lambda: check.assertIsNone(5, "extra"), lambda: check.assertRegex("abc", "x+"), lambda: check.assertIs([], []),
               lambda: check.assertTupleEqual((1,), (1, 2)), lambda: check.assertMultiLineEqual("one", "two"), lambda: check.assertHasAttr(5, "nope"), lambda: check.fail()):
    try:
        action()
    except AssertionError as error:
        print(error)
        print("--")
fake = mock.Mock(spec=["run", "stop"], **{"run.side_effect": [1, ValueError("second")]})
print(fake.run(5, k=6), fake.run.call_args, fake.mock_calls)
for action in (lambda: fake.run(), lambda: fake.other, lambda: fake.stop.assert_called_once(), lambda: fake.run.assert_called_with(9)):
    try:
        action()
    except (ValueError, AttributeError, AssertionError) as error:
        print(type(error).__name__, error)
with mock.patch.dict("os.environ", {"ONLY": "here"}, clear=True), mock.patch("json.dumps", return_value="patched") as patched:
    import json
    import os
    print(dict(os.environ), json.dumps({}), patched.call_count)
print(json.dumps({}))
